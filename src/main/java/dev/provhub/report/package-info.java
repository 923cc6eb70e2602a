/** What devices report of themselves, held against what they were meant to hold. */
@NullMarked
package dev.provhub.report;

import org.jspecify.annotations.NullMarked;
