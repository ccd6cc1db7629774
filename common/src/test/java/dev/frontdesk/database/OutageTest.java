package dev.frontdesk.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;

class OutageTest {

    @Test
    void aDemotedPrimaryIsAnOutageWhicheverClientSaysSo() {
        assertThat(Outage.isCauseOf(new PgException("read-only", "ERROR", "25006", null)))
                .isTrue();
        assertThat(Outage.isCauseOf(throughHibernate("25006"))).isTrue();
        assertThat(Outage.isCauseOf(throughHibernate("57P01"))).isTrue();
    }

    @Test
    void aPoolWithNothingLeftToGiveIsAnOutage() {
        assertThat(Outage.isCauseOf(new VertxException("Timeout"))).isTrue();
        assertThat(Outage.isCauseOf(new VertxException("Timeout waiting for connection")))
                .isTrue();
        assertThat(Outage.isCauseOf(new NoStackTraceThrowable("Connection is not active now, current status: CLOSED")))
                .isTrue();
        assertThat(Outage.isCauseOf(new VertxException("Thread blocked"))).isFalse();
    }

    @Test
    void aRefusedValueIsNone() {
        assertThat(Outage.isCauseOf(new PgException("twice", "ERROR", "23505", null)))
                .isFalse();
        assertThat(Outage.isCauseOf(throughHibernate("23505"))).isFalse();
        assertThat(Outage.isCauseOf(throughHibernate(null))).isFalse();
    }

    private static GenericJDBCException throughHibernate(String state) {
        return new GenericJDBCException("error executing SQL statement", new SQLException("refused", state));
    }
}
