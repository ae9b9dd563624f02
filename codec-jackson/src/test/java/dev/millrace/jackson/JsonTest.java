// SPDX-License-Identifier: Apache-2.0
package dev.millrace.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Codec;
import dev.millrace.job.DecodeException;
import dev.millrace.job.Job;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;

class JsonTest {
    private static final Codec<Invoice> INVOICES = Json.codec(Invoice.class);

    record Invoice(int number, String to, List<Line> lines, Optional<String> note, Instant due, Duration grace) {
        Invoice {
            to = Objects.requireNonNullElse(to, "nobody");
            if (number < 0) {
                throw new IllegalArgumentException("invoice number " + number + " is negative");
            }
        }
    }

    record Line(String what, long cents, Currency currency) {}

    enum Currency {
        EUR,
        CHF
    }

    /** As older programs write them. */
    public static final class Address {
        private String street = "";
        private int house = 1;

        public String getStreet() {
            return street;
        }

        public void setStreet(String street) {
            this.street = street;
        }

        public int getHouse() {
            return house;
        }

        public void setHouse(int house) {
            this.house = house;
        }
    }

    /** Cannot be written: it holds itself. */
    public static final class Endless {
        public Endless getSelf() {
            return this;
        }
    }

    private static String refusal(String json) {
        try {
            INVOICES.decode(Payload.text(json));
        } catch (DecodeException e) {
            return e.getMessage();
        }
        throw new AssertionError("was read: " + json);
    }

    @Test
    void recordComesBackAsItWas() {
        Invoice invoice = new Invoice(
                7,
                "ann@example.com",
                List.of(new Line("soup", 450, Currency.EUR), new Line("жук 🐞", Long.MAX_VALUE, Currency.CHF)),
                Optional.of("thanks"),
                Instant.parse("2026-11-21T08:30:00.123456789Z"),
                Duration.ofMinutes(5));
        assertThat(INVOICES.decode(INVOICES.encode(invoice))).isEqualTo(invoice);
    }

    @Test
    void timesAreIsoText() {
        Invoice invoice = new Invoice(
                7, "ann", List.of(), Optional.empty(), Instant.parse("2026-11-21T08:30:00Z"), Duration.ofMinutes(5));
        assertThat(INVOICES.encode(invoice).text())
                .isEqualTo("{\"number\":7,\"to\":\"ann\",\"lines\":[],\"note\":null,\"due\":\"2026-11-21T08:30:00Z\","
                        + "\"grace\":\"PT5M\"}");
    }

    @Test
    void beanComesBackAsItWas() {
        Codec<Address> codec = Json.codec(Address.class);
        Address address = new Address();
        address.setStreet("Mill Lane");
        address.setHouse(12);
        assertThat(codec.decode(codec.encode(address)))
                .usingRecursiveComparison()
                .isEqualTo(address);
    }

    @Test
    void beanKeepsItsDefaultsForWhatIsMissing() {
        Address address = Json.codec(Address.class).decode(Payload.text("{\"street\":\"Mill Lane\"}"));
        assertThat(address.getHouse()).isEqualTo(1);
    }

    @Test
    void typeWithParametersComesBackAsItWas() {
        Codec<Map<String, List<Line>>> codec = Json.codec(new TypeReference<Map<String, List<Line>>>() {});
        Map<String, List<Line>> value = Map.of("a", List.of(new Line("soup", 1, Currency.EUR)));
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void codecFitsAJobType() {
        JobType<Line> type = JobType.of("line.add", "lines", Json.codec(Line.class));
        Job job = type.job(new Line("soup", 450, Currency.EUR));
        assertThat(type.codec().decode(job.payload())).isEqualTo(new Line("soup", 450, Currency.EUR));
    }

    @Test
    void unknownPropertiesAreIgnored() {
        assertThat(INVOICES.decode(Payload.text("{\"number\":7,\"colour\":{\"red\":[1,2]}}"))
                        .number())
                .isEqualTo(7);
    }

    @Test
    void missingReferencesAreTheConstructorsBusiness() {
        Invoice invoice = INVOICES.decode(Payload.text("{\"number\":7}"));
        assertThat(invoice.to()).isEqualTo("nobody");
        assertThat(invoice.note()).isEmpty();
        assertThat(invoice.due()).isNull();
    }

    @Test
    void missingPrimitiveIsAnErrorAndNotAZero() {
        assertThat(refusal("{\"to\":\"ann\"}"))
                .isEqualTo("payload of 12 bytes is not a " + Invoice.class.getName()
                        + " in JSON, at number (line 1, column 12): expected int, there was nothing");
    }

    @Test
    void nullPrimitiveIsAnErrorAndNotAZero() {
        assertThat(refusal("{\"number\":null}")).contains("at number").endsWith("expected int, there was null");
    }

    @Test
    void numberThatDoesNotFitIsAnError() {
        assertThat(refusal("{\"number\":1.5}")).contains("at number").contains("expected int");
        assertThat(refusal("{\"number\":99999999999}")).contains("at number").endsWith("a number out of its range");
    }

    @Test
    void refusalNamesPathAndLine() {
        assertThat(refusal("{\"number\":7,\n\"lines\":[{\"what\":\"soup\",\"cents\":1},\n{\"cents\":{}}]}"))
                .contains("at lines[1].cents (line 3, column 10)")
                .endsWith("expected long, there was an object");
    }

    @Test
    void refusalNeverShowsThePayload() {
        assertThat(refusal("{\"number\":\"hunter2\"}"))
                .doesNotContain("hunter2")
                .contains("a string");
        assertThat(refusal("{\"number\":7,\"due\":\"hunter2\"}")).doesNotContain("hunter2");
        assertThat(refusal("{\"number\":7,\"lines\":[{\"cents\":1,\"currency\":\"hunter2\"}]}"))
                .doesNotContain("hunter2");
        assertThat(refusal("hunter2")).doesNotContain("hunter2");
    }

    @Test
    void whatTheConstructorRefusesIsSaid() {
        assertThat(refusal("{\"number\":-1}"))
                .endsWith("the type refused it: IllegalArgumentException: " + "invoice number -1 is negative");
    }

    @Test
    void whatIsNoJsonIsSaid() {
        assertThat(refusal("soup")).endsWith("the text is not JSON");
        assertThat(refusal("{\"number\":7")).endsWith("the text ends too early");
        assertThat(refusal("{\"number\":7} soup")).endsWith("the text is not JSON");
        assertThat(refusal("")).endsWith("there was nothing");
        assertThat(refusal("null")).endsWith("there was null");
        assertThat(refusal("[]")).endsWith("expected " + Invoice.class.getName() + ", there was an array");
        assertThat(refusal("[".repeat(100_000))).contains(Invoice.class.getName());
    }

    @Test
    void brokenUtf8IsADecodeException() {
        Payload broken = Payload.of(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'});
        assertThatThrownBy(() -> Json.codec(String.class).decode(broken)).isInstanceOf(DecodeException.class);
    }

    @Test
    void refusalKeepsTheParsersException() {
        assertThatThrownBy(() -> INVOICES.decode(Payload.text("soup"))).hasCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void valueThatCannotBeWrittenIsAnArgumentError() {
        assertThatThrownBy(() -> Json.codec(Endless.class).encode(new Endless()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a " + Endless.class.getName() + " cannot be written as JSON")
                .hasMessageContaining("self");
    }

    @Test
    void loneSurrogateTravelsEscaped() {
        Codec<String> codec = Json.codec(String.class);
        assertThat(codec.encode("\ud800 alone").text()).isEqualTo("\"\\uD800 alone\"");
        assertThat(codec.decode(codec.encode("\ud800 alone"))).isEqualTo("\ud800 alone");
    }

    @Test
    void ownMapperDecides() {
        Codec<Line> strict = Json.codec(
                Json.mapper()
                        .rebuild()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build(),
                Line.class);
        assertThatThrownBy(() -> strict.decode(Payload.text("{\"cents\":1,\"colour\":1}")))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("at colour");
    }

    @Test
    void mapperOfTypesWithParametersMayBeOnesOwn() {
        Codec<List<Line>> codec = Json.codec(Json.mapper(), new TypeReference<List<Line>>() {});
        List<Line> lines = List.of(new Line("soup", 1, Currency.EUR));
        assertThat(codec.decode(codec.encode(lines))).isEqualTo(lines);
    }
}
