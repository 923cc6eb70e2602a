/**
 * The phones' rule language (device protocol, section 4): its reader, an evaluator that tells what a phone would do and why,
 * and the builders of {@code Profile_Rule} and {@code Upgrade_Rule}, which cannot write what phones misread.
 */
@NullMarked
package dev.provhub.rules;

import org.jspecify.annotations.NullMarked;
