package dev.provhub.routing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.spi.BeanRepository;
import org.jspecify.annotations.Nullable;

/**
 * Beans that contexts read and do not own: what a context binds or rebinds for itself never reaches them, and they outlive it.
 */
public final class BeansByName implements BeanRepository {
    private final Supplier<Map<String, Object>> beans;

    /** @param beans asked anew each time */
    public BeansByName(Supplier<Map<String, Object>> beans) {
        this.beans = beans;
    }

    @Override
    public @Nullable Object lookupByName(String name) {
        return beans.get().get(name);
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        Object bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        Map<String, T> found = new HashMap<>();
        beans.get().forEach((name, bean) -> {
            if (type.isInstance(bean)) {
                found.put(name, type.cast(bean));
            }
        });
        return found;
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return new HashSet<>(findByTypeWithName(type).values());
    }
}
