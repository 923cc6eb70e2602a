/**
 * What {@code ./hub …} does: one class per command, and the demo. The only place that prints. Commands about a running
 * hub ask its administration interface, so they work the same from another machine.
 */
@NullMarked
package dev.provhub.command;

import org.jspecify.annotations.NullMarked;
