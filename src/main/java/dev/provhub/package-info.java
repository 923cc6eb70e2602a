/**
 * The hub's entrance. {@code Main} hands the command line to {@code command}; {@code Hub} opens the store, reads the
 * configuration, puts the steps into Camel's registry and loads the route files. Wiring only: no decision is made here.
 */
@NullMarked
package dev.provhub;

import org.jspecify.annotations.NullMarked;
