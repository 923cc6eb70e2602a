/**
 * The phones' rule language as a phone reads it: {@link dev.provhub.emulator.rule.Rule} is parsed first and expanded
 * afterwards, so that the value of a macro never changes the shape of a rule. Written from section 4 of the device
 * protocol reference and from nothing else of ours, so that it can disagree with the server's evaluator.
 */
@NullMarked
package dev.provhub.emulator.rule;

import org.jspecify.annotations.NullMarked;
