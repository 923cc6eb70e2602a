/**
 * Reads every file and setting that people edit, checks it, and hands it on as values of the feature that owns the word:
 * {@code hub.properties} becomes {@link dev.provhub.config.HubConfig}, {@code models.yaml} device models, and so on.
 * A mistake is an {@link dev.provhub.config.IllegalConfigurationException} that names place, value and what is allowed.
 */
@NullMarked
package dev.provhub.config;

import org.jspecify.annotations.NullMarked;
