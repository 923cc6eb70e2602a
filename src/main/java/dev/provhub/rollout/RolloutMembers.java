package dev.provhub.rollout;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.device.filter.FilterField;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.profile.LayerChange;
import dev.provhub.rollout.RolloutDevices.Candidate;
import dev.provhub.rollout.RolloutDevices.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which devices a rollout means, and into which group each comes. */
final class RolloutMembers {
    private static final int TURNS = 10_000;

    private final RolloutDevices devices;
    private final DeviceModels models;
    private final FilterParser filters;
    private final Function<Long, LayerChange> changes;

    /** @param changes what the layers of a rollout change */
    RolloutMembers(
            RolloutDevices devices, DeviceModels models, FilterParser filters, Function<Long, LayerChange> changes) {
        this.devices = devices;
        this.models = models;
        this.filters = filters;
        this.changes = changes;
    }

    /** The filter of a plan. */
    DeviceFilter filter(RolloutPlan plan) {
        return plan.kind() == RolloutKind.LAYERS
                ? new DeviceFilter.Flag(FilterField.CLAIMED, true)
                : filters.parse(plan.filter());
    }

    /** Those that it means now. */
    List<Candidate> all(Rollout rollout) {
        return fitting(rollout, devices.candidates(filter(rollout.plan())));
    }

    /** Those that it means now and that are no part of it yet. */
    List<Candidate> newcomers(Rollout rollout) {
        return fitting(rollout, devices.newcomers(filter(rollout.plan()), rollout.id()));
    }

    private List<Candidate> fitting(Rollout rollout, List<Candidate> found) {
        if (rollout.kind() == RolloutKind.LAYERS) {
            LayerChange change = changes.apply(rollout.id());
            return found.stream()
                    .filter(one -> change.groups().stream()
                            .anyMatch(group -> group.model().equals(one.model())
                                    && java.util.Objects.equals(
                                            group.place().tenant(), one.place().tenant())
                                    && java.util.Objects.equals(
                                            group.place().plan(), one.place().plan())))
                    .toList();
        }
        return found.stream()
                .filter(one -> target(rollout.plan(), one.model()).isPresent())
                .toList();
    }

    /** How many devices a plan means now, those whose family it has no version for left out. */
    long count(RolloutPlan plan) {
        return devices.candidates(filter(plan)).stream()
                .filter(one -> target(plan, one.model()).isPresent())
                .count();
    }

    private Optional<String> target(RolloutPlan plan, String model) {
        return models.named(model)
                .flatMap(DeviceModel::provisionable)
                .map(Provisioning::firmwareFamily)
                .map(plan.versions()::get);
    }

    /** Spreads devices over the groups, alike each time, and not in the order of their addresses: a canary is a sample of all. */
    List<Member> grouped(Rollout rollout, List<Candidate> found) {
        List<Candidate> shuffled = new ArrayList<>(found);
        shuffled.sort(Comparator.comparingLong((Candidate one) -> place(one, rollout.id()))
                .thenComparing(one -> one.mac().hex()));
        List<Member> members = new ArrayList<>();
        List<Integer> sizes = rollout.plan().sizes(shuffled.size());
        int next = 0;
        for (int group = 1; group <= sizes.size(); group++) {
            int size = sizes.get(group - 1);
            for (int i = 0; i < size; i++) {
                members.add(member(rollout, shuffled.get(next++), group, (int) ((long) i * TURNS / size)));
            }
        }
        return members;
    }

    /** Newcomers come into the last group. */
    List<Member> joining(Rollout rollout, List<Candidate> found) {
        int last = rollout.plan().groups().size();
        return found.stream()
                .map(one -> member(rollout, one, last, (int) Math.floorMod(place(one, rollout.id()), (long) TURNS)))
                .toList();
    }

    private Member member(Rollout rollout, Candidate one, int group, int turn) {
        return new Member(
                one.mac(), group, turn, target(rollout.plan(), one.model()).orElse(null));
    }

    /** SplitMix64 of the address and the rollout. */
    private static long place(Candidate one, long rollout) {
        long mixed = Long.parseLong(one.mac().hex(), 16) + rollout * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
