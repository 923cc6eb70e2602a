/** Turns the hand-made files of a provider into layers and values of devices. */
@NullMarked
package dev.provhub.profile.migration;

import org.jspecify.annotations.NullMarked;
