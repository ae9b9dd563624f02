// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.vitess.proto.Query;
import io.vitess.proto.Vtrpc;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our messages beside those of Vitess. */
class WireTest {
    private static final Query.QueryResult RESULT = Query.QueryResult.newBuilder()
            .addFields(Query.Field.newBuilder()
                    .setName("id")
                    .setType(Query.Type.INT64)
                    .setColumnType("bigint"))
            .addFields(Query.Field.newBuilder().setName("message").setFlags(7).setDecimals(31))
            .setRowsAffected(1L << 40)
            .setInsertId(-1)
            .addRows(Query.Row.newBuilder().addLengths(2).addLengths(-1).setValues(ByteString.copyFromUtf8("42")))
            .addRows(Query.Row.newBuilder()
                    .addLengths(1)
                    .addLengths(200)
                    .setValues(ByteString.copyFromUtf8("7" + "x".repeat(200))))
            .setInfo("what nobody asked for")
            .build();

    private static QueryResult read(byte[] bytes) {
        return QueryResult.read(new ProtoReader(ByteBuffer.wrap(bytes)));
    }

    @Test
    void resultIsRead() {
        QueryResult result = read(RESULT.toByteArray());
        assertThat(result.columns()).containsExactly("id", "message");
        assertThat(result.affected()).isEqualTo(1L << 40);
        VitessRow first = new VitessRow(result.columns(), result.rows().getFirst());
        assertThat(first.number("id")).isEqualTo(42);
        assertThat(first.isNull("message")).isTrue();
        VitessRow second = new VitessRow(result.columns(), result.rows().getLast());
        assertThat(second.text("message")).isEqualTo("x".repeat(200));
        assertThat(second.bytes("id")).isEqualTo("7".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsCutOffIsNotTakenForWhole() {
        byte[] whole = RESULT.toByteArray();
        byte[] cut = Arrays.copyOf(whole, whole.length - 5);
        assertThatIllegalStateException().isThrownBy(() -> read(cut));
    }

    @Test
    void statementIsWritten() throws Exception {
        Statement statement =
                new Statement("UPDATE t SET a = ? WHERE id IN (?, ?)", List.of(-1L, 300L, Long.MAX_VALUE));
        Query.BoundQuery query = Query.BoundQuery.parseFrom(statement.write().toBytes());
        assertThat(query.getSql()).isEqualTo("UPDATE t SET a = :v1 WHERE id IN (:v2, :v3)");
        assertThat(query.getBindVariablesMap()).hasSize(3);
        assertThat(query.getBindVariablesOrThrow("v1").getType()).isEqualTo(Query.Type.INT64);
        assertThat(query.getBindVariablesOrThrow("v1").getValue().toStringUtf8())
                .isEqualTo("-1");
        assertThat(query.getBindVariablesOrThrow("v3").getValue().toStringUtf8())
                .isEqualTo(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void valuesAreWrittenBesideAStatementThatKeepsItsQuestionMarks() throws Exception {
        String sql = "SELECT '?' FROM t WHERE a = ? AND b = ?";
        Query.BoundQuery query = Query.BoundQuery.parseFrom(
                Binding.query(sql, List.of(Binding.of(-7), Binding.of("x"))).toBytes());
        assertThat(query.getSql()).isEqualTo(sql);
        assertThat(query.getBindVariablesOrThrow("v1"))
                .isEqualTo(Query.BindVariable.newBuilder()
                        .setType(Query.Type.INT64)
                        .setValue(ByteString.copyFromUtf8("-7"))
                        .build());
        assertThat(query.getBindVariablesOrThrow("v2").getType()).isEqualTo(Query.Type.VARCHAR);
        assertThat(Query.BindVariable.getDefaultInstance().getType()).isEqualTo(Query.Type.NULL_TYPE);
    }

    @Test
    void replyKeepsItsSessionAsItCame() {
        io.vitess.proto.Vtgate.ExecuteResponse response = io.vitess.proto.Vtgate.ExecuteResponse.newBuilder()
                .setSession(io.vitess.proto.Vtgate.Session.newBuilder()
                        .setInTransaction(true)
                        .setTargetString("jobs@primary")
                        .setSessionUUID("what nobody here reads"))
                .setError(
                        Vtrpc.RPCError.newBuilder().setCode(Vtrpc.Code.ABORTED).setMessage("no"))
                .build();
        Reply reply = Reply.read(response.toByteArray());
        assertThat(reply.session()).isEqualTo(response.getSession().toByteArray());
        assertThat(reply.status().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(reply.answered()).isTrue();
    }

    @Test
    void leaseIsReadInTheComment() {
        assertThat(Lease.read("vitess_message,vt_ack_wait=30,vt_purge_after=86400"))
                .contains(Duration.ofSeconds(30));
        assertThat(Lease.read("vitess_message,vt_ack_wait=0.2")).contains(Duration.ofMillis(200));
        assertThat(Lease.read("a table")).isEmpty();
    }
}
