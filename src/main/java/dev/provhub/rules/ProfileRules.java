package dev.provhub.rules;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;

/** Writes {@code Profile_Rule}. */
public final class ProfileRules {
    /** From which wait on a failed device also tries the way home, in seconds: see the delays of the key profile. */
    private static final int HOME_AFTER_SECONDS = 3600;

    private static final int RETRY = 2;
    private static final String REGISTER = "GPP_";

    private ProfileRules() {}

    /**
     * The rule of a device that has no key: one URL.
     *
     * @param home where it proves itself
     * @throws RuleException when the URL holds what phones misread
     */
    public static String bootstrap(String home) {
        return RuleUrl.checked(home);
    }

    /**
     * The rule of a device that has its key: its own directory, and a way home that a short outage does not take and a dead
     * home does not block.
     *
     * <p>Firmware with retry lists goes home on a retry that waited for an hour or more. Firmware with one delay goes home
     * and to its own directory in turns while it retries, and remembers whose turn it is in {@code GPP_O}.
     *
     * @param home where it proves itself again
     * @param own  its own profile; holds the directory, so the rule is a secret
     * @throws RuleException when a URL holds what phones misread, or the rule is longer than the model takes
     * @throws IllegalArgumentException when the model cannot be provisioned
     */
    public static String secured(DeviceModel model, String home, String own) {
        return secured(model, home, own, true);
    }

    /**
     * As {@link #secured}, for a device that opens what it gets by what the answer's header says (RFC 8188), and with what it
     * keeps for that; nothing of it stands in the rule.
     */
    public static String securedWithoutKey(DeviceModel model, String home, String own) {
        return secured(model, home, own, false);
    }

    private static String secured(DeviceModel model, String home, String own, boolean withKey) {
        Provisioning provisioning = provisioning(model);
        Comparison retries = RuleBuilder.number("PRVST", Operator.EQ, RETRY);
        RuleBuilder rule = new RuleBuilder(RuleKind.PROFILE, provisioning.ruleLimit());
        if (provisioning.retryLists()) {
            rule.when(retries, RuleBuilder.number("PRVTMR", Operator.GE, HOME_AFTER_SECONDS))
                    .fetch(home);
        } else {
            rule.when(retries, RuleBuilder.text("O", Operator.EQ, "h"))
                    .assign("o", "")
                    .fetch(home)
                    .assign("o", "h");
        }
        return (withKey ? rule.option("key", key(provisioning)) : rule)
                .fetch(own)
                .build();
    }

    /**
     * The rule of a device for as long as it has not asked at its own directory, in a form of profile that cannot write quotes:
     * its own directory and no way home. The first sealed profile brings the whole rule.
     *
     * @param own its own profile; holds the directory, so the rule is a secret
     * @throws RuleException when the URL holds what phones misread
     * @throws IllegalArgumentException when the model cannot be provisioned
     */
    public static String first(DeviceModel model, String own) {
        Provisioning provisioning = provisioning(model);
        return new RuleBuilder(RuleKind.PROFILE, provisioning.ruleLimit())
                .option("key", key(provisioning))
                .fetch(own)
                .build();
    }

    /**
     * Where a device reports what it holds: always sealed with its own key.
     *
     * @param to where; holds the directory, so the rule is a secret
     * @throws RuleException when the URL holds what phones misread
     * @throws IllegalArgumentException when the model cannot be provisioned
     */
    public static String report(DeviceModel model, String to) {
        Provisioning provisioning = provisioning(model);
        return new RuleBuilder(RuleKind.REPORT, provisioning.ruleLimit())
                .option("key", key(provisioning))
                .fetch(to)
                .build();
    }

    /**
     * As {@link #report}, for a device that was told a firmware version: why its last upgrade failed stands in {@code GPP_O} of the
     * report. Not for models that take two rules in one parameter.
     */
    public static String reportOfUpgrade(DeviceModel model, String to) {
        Provisioning provisioning = provisioning(model);
        return new RuleBuilder(RuleKind.REPORT, provisioning.ruleLimit())
                .assign("o", "$UPGERR")
                .option("key", key(provisioning))
                .fetch(to)
                .build();
    }

    private static Provisioning provisioning(DeviceModel model) {
        return model.provisionable()
                .orElseThrow(() -> new IllegalArgumentException("model " + model.name() + " cannot be provisioned"));
    }

    private static String key(Provisioning provisioning) {
        return "$(" + provisioning.keyParameter().substring(REGISTER.length()) + ")";
    }
}
