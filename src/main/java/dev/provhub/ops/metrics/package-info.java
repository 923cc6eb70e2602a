/**
 * What the hub counts and measures, for Prometheus. Starts at {@code HubMetrics}; {@code docs/reference/metrics.md} has every name.
 * Label values come from closed sets: whatever else is {@code other}.
 */
@NullMarked
package dev.provhub.ops.metrics;

import org.jspecify.annotations.NullMarked;
