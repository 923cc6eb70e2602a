/**
 * SQL: what the features keep, on the embedded H2 or on PostgreSQL. {@link dev.provhub.store.Database} opens one and brings
 * its tables up to date; there is one class per aggregate, with one statement per method. Secrets pass through a
 * {@link dev.provhub.store.SecretColumn}. Only what starts the program depends on this package.
 */
@NullMarked
package dev.provhub.store;

import org.jspecify.annotations.NullMarked;
