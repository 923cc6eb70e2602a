package dev.provhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which query parameters are known. */
class QueryRulesTest {
    private final QueryRules rules = new QueryRules();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/contacts | limitt=5 | query parameter limitt is not allowed; allowed: address, after, before, kind, limit",
                "HEAD | /api/v1/devices/000e08000001/contacts | limit=5&x | query parameter x is not allowed; allowed: after, before, kind, limit",
                "GET | /api/v1/tokens | <b>=1 | query parameter is not allowed; allowed: none",
                "POST | /api/v1/imports | dryRun=yes | query parameter dryRun is true or false",
                "POST | /api/v1/imports | dryRun=TRUE | query parameter dryRun is true or false",
                "POST | /api/v1/devices.csv | dryRun= | query parameter dryRun is true or false",
                "POST | /api/v1/imports | dryRun | query parameter dryRun is true or false",
                "POST | /api/v1/imports | dryRun=true&dryRun=false | query parameter dryRun is given twice; allowed: once",
                "POST | /tmf-api/serviceOrdering/v4/serviceOrder | dryRun=true | query parameter dryRun is not allowed; allowed: none",
                "PATCH | /tmf-api/serviceOrdering/v4/serviceOrder/7 | fields=id | query parameter fields is not allowed; allowed: none",
                "POST | /tmf-api/serviceOrdering/v4/hub | x=1 | query parameter x is not allowed; allowed: none",
                "DELETE | /api/v1/grants/7 | force=true | query parameter force is not allowed; allowed: none",
            })
    void complaint_parameterThatThePathDoesNotHave_namesItAndWhatIsAllowed(
            String method, String path, String query, String complaint) {
        assertThat(rules.complaint(method, path, query)).contains(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v1/contacts | limit=5&after=3&&kind",
                "POST | /api/v1/imports | dryRun=false",
                "GET | /api/v1/site/of/its/own | anything=1",
                "GET | /tmf-api/serviceOrdering/v4/serviceOrder | orderDate.gt=2026-01-01",
            })
    void complaint_parameterThatIsKnownOrOfAPathThatIsNot_isNone(String method, String path, String query) {
        assertThat(rules.complaint(method, path, query)).isEmpty();
    }

    @Test
    void complaint_pathThatNobodyKnows_isNone() {
        assertThat(rules.complaint("GET", "/api/v1/nothing/of/the/kind", "a=b")).isEmpty();
    }
}
