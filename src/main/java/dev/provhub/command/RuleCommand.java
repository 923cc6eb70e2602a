package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.config.DeviceModelsReader;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.MacAddress;
import dev.provhub.rules.PhoneState;
import dev.provhub.rules.RuleEvaluator;
import dev.provhub.rules.RuleException;
import dev.provhub.rules.RuleKind;
import dev.provhub.rules.RuleOutcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub rule …}: the phones' rule language. */
@Command(
        name = "rule",
        description = "Tells what a phone makes of a rule.",
        mixinStandardHelpOptions = true,
        subcommands = RuleCommand.Explain.class)
final class RuleCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "explain is missing");
    }

    @Command(
            name = "explain",
            description = {
                "Tells what a phone would do on a rule, and why. Needs no running hub.",
                "What is not given is as after power-up, with the certificate installed and empty registers."
            },
            mixinStandardHelpOptions = true)
    static final class Explain implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private RuleCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Parameters(paramLabel = "RULE", description = "as it lies in the parameter, without XML escapes")
        private String rule = "";

        @Option(
                names = "--as",
                paramLabel = "PARAMETER",
                defaultValue = "Profile_Rule",
                description = "Profile_Rule[_B|_C|_D], Upgrade_Rule, Report_Rule, Resync_Trigger_1 or _2;"
                        + " default: ${DEFAULT-VALUE}")
        private String parameter = "";

        @Option(names = "--model", required = true, paramLabel = "M", description = "any of the model's names")
        private String model = "";

        @Option(names = "--firmware", paramLabel = "V", description = "running version, $SWVER")
        private @Nullable String firmware;

        @Option(names = "--mac", paramLabel = "X", description = "in any notation")
        private @Nullable String mac;

        @Option(names = "--serial", paramLabel = "S", description = "serial number, $SN")
        private @Nullable String serial;

        @Option(names = "--dhcp66", paramLabel = "HOST", description = "server that DHCP option 66 names")
        private @Nullable String dhcp66;

        @Option(
                names = "--prvst",
                paramLabel = "N",
                description = "-1 asked for, 0 power-up, 1 periodic, 2 retry; default 0")
        private @Nullable String prvst;

        @Option(names = "--prvtmr", paramLabel = "N", description = "seconds since the last resync; default 0")
        private @Nullable String prvtmr;

        @Option(names = "--regtmr1", paramLabel = "N", description = "seconds since line 1 lost its registration")
        private @Nullable String regtmr1;

        @Option(
                names = "--set",
                paramLabel = "NAME=VALUE",
                description = "value of a register (A, GPP_A, SA), of User_ID_n_, or of another macro; may be repeated")
        private Map<String, String> set = new LinkedHashMap<>();

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            RuleKind kind = RuleKind.ofParameter(parameter)
                    .orElseThrow(() -> wrong("--as '" + parameter + "' holds no rule: one of Profile_Rule,"
                            + " Profile_Rule_B, _C, _D, Upgrade_Rule, Report_Rule, Resync_Trigger_1, _2"));
            RuleOutcome outcome = RuleEvaluator.evaluate(kind, rule, phone());
            System.out.println(json ? asJson(kind, outcome) : asText(kind, outcome));
            return 0;
        }

        private PhoneState phone() {
            PhoneState phone = PhoneState.of(knownModel());
            try {
                if (mac != null) {
                    phone = phone.with(MacAddress.parse(mac));
                }
                if (dhcp66 != null) {
                    phone = phone.withServer(dhcp66);
                }
                for (Map.Entry<String, String> value : values().entrySet()) {
                    phone = phone.with(value.getKey(), value.getValue());
                }
                return phone;
            } catch (RuleException e) {
                throw wrong("--set: " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw wrong("--mac: " + e.getMessage());
            }
        }

        private Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            putIfGiven(values, "SWVER", firmware);
            putIfGiven(values, "SN", serial);
            putNumber(values, "PRVST", "--prvst", prvst);
            putNumber(values, "PRVTMR", "--prvtmr", prvtmr);
            putNumber(values, "REGTMR1", "--regtmr1", regtmr1);
            values.putAll(set);
            return values;
        }

        private static void putIfGiven(Map<String, String> values, String name, @Nullable String value) {
            if (value != null) {
                values.put(name, value);
            }
        }

        private void putNumber(Map<String, String> values, String name, String option, @Nullable String value) {
            if (value != null && !value.matches("-?\\d{1,9}")) {
                throw wrong(option + " '" + value + "' is not a whole number");
            }
            putIfGiven(values, name, value);
        }

        private DeviceModel knownModel() {
            Path config = parent.hub.read().folders().config();
            return DeviceModelsReader.read(config.resolve("models.yaml"), config.resolve("request-rules.yaml"))
                    .find(model)
                    .orElseThrow(() -> wrong("--model '" + model + "' is not in " + config.resolve("models.yaml")));
        }

        private ParameterException wrong(String message) {
            return new ParameterException(spec.commandLine(), message);
        }

        private static String asJson(RuleKind kind, RuleOutcome outcome) throws JsonProcessingException {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("url", outcome.url());
            answer.put("options", outcome.options());
            answer.put("assigned", outcome.assigned());
            answer.put("alternative", outcome.alternative());
            if (kind == RuleKind.TRIGGER) {
                answer.put("holds", outcome.alternative() != null);
            }
            answer.put("because", outcome.because());
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer);
        }

        private static String asText(RuleKind kind, RuleOutcome outcome) {
            StringBuilder text = new StringBuilder(String.join("\n", outcome.because()));
            outcome.options()
                    .forEach((name, value) ->
                            text.append("\n  with --").append(name).append(value.isEmpty() ? "" : " " + value));
            if (kind == RuleKind.TRIGGER) {
                text.append("\nthe trigger is ").append(outcome.alternative() == null ? "false" : "true");
            }
            return text.toString();
        }
    }
}
