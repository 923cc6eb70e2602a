package dev.provhub.access;

import java.util.Set;

/**
 * Who asks, as the token says.
 *
 * @param id     of the token
 * @param name   of the token
 * @param roles  what the token may do
 * @param person whose token it is; several may be of one
 */
public record Caller(String id, String name, Set<Role> roles, String person) {
    /** One whose token says in its name whose it is. */
    public Caller(String id, String name, Set<Role> roles) {
        this(id, name, roles, name);
    }

    /** Copies the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether one of the roles is or includes this one. */
    public boolean may(Role needed) {
        return roles.stream().anyMatch(role -> role.includes(needed));
    }

    /** As the audit log has it: {@code crm (k3x9fq27ab)}. */
    public String inAudit() {
        return name + " (" + id + ")";
    }
}
