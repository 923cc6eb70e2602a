package dev.provhub.emulator.swarm;

import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.PhoneListener;
import dev.provhub.emulator.VirtualPhone;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One phone of a swarm, and how far it has come. */
final class SwarmPhone implements PhoneListener {
    private final Member member;
    private final Swarm swarm;
    private @Nullable VirtualPhone phone;
    private volatile long beganNanos;
    private volatile boolean arrived;

    SwarmPhone(Member member, Swarm swarm) {
        this.member = member;
        this.swarm = swarm;
    }

    Member member() {
        return member;
    }

    void is(VirtualPhone built) {
        phone = built;
    }

    VirtualPhone phone() {
        if (phone == null) {
            throw new IllegalStateException("phone " + member.mac() + " is not built yet");
        }
        return phone;
    }

    void begins() {
        beganNanos = System.nanoTime();
    }

    @Override
    public void heard(VirtualPhone who, PhoneEvent event) {
        if (event instanceof PhoneEvent.Answered answered) {
            swarm.traffic().count(answered);
        } else if (event instanceof PhoneEvent.ResyncFailed failed) {
            if (!failed.error().equals(failed.detail())) {
                swarm.traffic().failed(failed.error() + ": " + failed.detail());
            }
        } else if (event instanceof PhoneEvent.ResyncFinished) {
            swarm.resynced();
            register(who);
            lookForGoal(who);
        } else if (event instanceof PhoneEvent.Waiting waiting && waiting.why().equals(PhoneEvent.RETRY)) {
            swarm.tried();
        } else if (event instanceof PhoneEvent.Upgraded) {
            swarm.upgraded();
        } else if (event instanceof PhoneEvent.UpgradeFailed failed) {
            swarm.traffic().failed("upgrade: " + failed.error());
        }
    }

    private void register(VirtualPhone who) {
        Map<String, String> needed = member.plan().registers();
        if (!needed.isEmpty()) {
            who.registered(1, differing(who, needed).isEmpty());
        }
    }

    private void lookForGoal(VirtualPhone who) {
        if (!arrived && swarm.goal().test(who)) {
            arrived = true;
            swarm.arrived(System.nanoTime() - beganNanos);
        }
    }

    boolean hasArrived() {
        return arrived;
    }

    /** A parameter that is not what it must be; empty when all are. */
    Optional<String> wrong() {
        return differing(phone(), member.plan().expected());
    }

    private Optional<String> differing(VirtualPhone who, Map<String, String> musts) {
        return musts.entrySet().stream()
                .filter(must -> !who.parameter(must.getKey()).equals(member.fill(must.getValue())))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
