/**
 * The named steps that routes call: the Java half of the extension point. Each reads what it needs from the exchange's
 * properties ({@link dev.provhub.steps.HubExchange}), asks a feature, and puts its conclusion back there. No step decides
 * what happens next; routes do.
 */
@NullMarked
package dev.provhub.steps;

import org.jspecify.annotations.NullMarked;
