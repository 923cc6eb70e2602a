/**
 * The hub's own secrets: the master key in a file, encryption of what the database holds, random and derived values. Nothing here knows a device's protocol.
 */
@NullMarked
package dev.provhub.secrets;

import org.jspecify.annotations.NullMarked;
