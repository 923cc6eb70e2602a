package dev.provhub.config;

import java.nio.file.Path;

/**
 * Where things lie.
 *
 * @param config    {@code hub.properties}, models, request rules, mapping, layers, parameters, certificates
 * @param routes    the route files
 * @param siteRoutes the site's own route files; may be missing
 * @param ext      jars and Groovy files with the site's own steps; may be missing
 * @param firmware  {@code catalog.yaml} and the images
 * @param data      everything the hub writes
 * @param importDir where CSV orders are dropped
 */
public record HubFolders(
        Path config, Path routes, Path siteRoutes, Path ext, Path firmware, Path data, Path importDir) {}
