/**
 * The phones' rule language: the builders of {@code Profile_Rule} and {@code Upgrade_Rule}, which cannot write what phones
 * misread (device protocol, section 4).
 */
@NullMarked
package dev.provhub.rules;

import org.jspecify.annotations.NullMarked;
