package dev.provhub.steps;

import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceLabels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.UnitOfWork;

/**
 * Where devices are, as the administration needs them.
 *
 * @param devices one by one
 * @param search  many, and all that is known of one
 * @param labels  what people call them
 * @param audit   where it is written down who changed one
 * @param work    keeps a change and what is written down of it together
 */
public record DeviceStores(
        DeviceRepository devices, DeviceSearch search, DeviceLabels labels, AuditLog audit, UnitOfWork work) {}
