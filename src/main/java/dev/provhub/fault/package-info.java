/**
 * What the hub could not do with a message after all its tries: kept with the reason until a person has it tried again or drops
 * it. Begin at {@link dev.provhub.fault.Faults}.
 */
@NullMarked
package dev.provhub.fault;

import org.jspecify.annotations.NullMarked;
