// JDBC, with its default settings: asks the questions by setString and prints question, row, column, type and value of all
// it reads, but for the one that has no casts. Then what happens to parameters without a cast, with and without
// stringtype=unspecified.
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.util.PGInterval;

public class Jdbc {
    static String text(Object value, String type) throws SQLException {
        if (value == null) {
            return "NULL";
        } else if (value instanceof BigDecimal) {
            return ((BigDecimal) value).toPlainString();
        } else if (value instanceof Timestamp) {
            return ((Timestamp) value).toInstant().toString();
        } else if (value instanceof PGInterval) {
            PGInterval i = (PGInterval) value;
            double days = i.getYears() * 365.25 + i.getMonths() * 30 + i.getDays();
            return String.format(Locale.ROOT, "%.6f", ((days * 24 + i.getHours()) * 60 + i.getMinutes()) * 60 + i.getSeconds());
        } else if (value instanceof Array) {
            Object[] items = (Object[]) ((Array) value).getArray();
            return Arrays.stream(items).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        }
        return type.equals("jsonb") ? value.toString().replace("\": ", "\":").replace(", ", ",") : value.toString();
    }

    static void show(String name, ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        for (int row = 1; result.next(); row++) {
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                Object value = result.getObject(i);
                String kind = value == null ? "NULL" : value.getClass().getSimpleName();
                System.out.printf("%s\t%d\t%s\t%s\t%s%n", name, row, columns.getColumnLabel(i), kind,
                    text(value, columns.getColumnTypeName(i)));
            }
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, String... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.replaceAll("\\$\\d+", "?"));
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        return statement;
    }

    // state: what a statement ends with, "works" or an SQLSTATE.
    static void state(Connection connection, String what, String sql, String... parameters) throws SQLException {
        String state = "works";
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
        } catch (SQLException e) {
            state = e.getSQLState();
        }
        System.out.println("uncast\t1\t" + what + "\tString\t" + state);
    }

    static void withoutCasts(Connection connection, String how) throws SQLException {
        state(connection, how + " stage", "SELECT visits(j, $1) FROM customer_journey", "basket");
        state(connection, how + " path", "SELECT j FROM customer_journey WHERE j ~ $1", "search > basket");
        state(connection, how + " scale", "SELECT rating_agg(nps, $1) FROM responses", "[0,10]");
        state(connection, how + " within", "SELECT funnel_agg(j, 'search > basket', $1) FROM customer_journey", "1 hour");
        state(connection, how + " summary", "SELECT nps($1)", "[0,10]{0,0,0,1,0,0,0,0,0,0,2}");
        state(connection, how + " insert", "INSERT INTO kept (summary) VALUES ($1)", "[1,2]{1,1}");
    }

    public static void main(String[] arguments) throws Exception {
        String url = String.format("jdbc:postgresql://%s:%s/%s", System.getenv("PGHOST"), System.getenv("PGPORT"),
            System.getenv("PGDATABASE"));
        String user = System.getenv("PGUSER"), password = System.getenv("PGPASSWORD");
        Pattern question = Pattern.compile("-- (\\w+): ?([^\\n]*)\\n(.*)", Pattern.DOTALL);
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            String[] blocks = Files.readString(Path.of(arguments[0])).strip().split("\n\n");
            for (String block : Arrays.copyOfRange(blocks, 1, blocks.length)) {
                Matcher m = question.matcher(block);
                m.matches();
                if (m.group(1).equals("untyped")) {
                    continue;
                }
                String[] parameters = m.group(2).isEmpty() ? new String[0] : m.group(2).split("; ");
                try (PreparedStatement statement = prepare(connection, m.group(3), parameters)) {
                    show(m.group(1), statement.executeQuery());
                }
            }
            withoutCasts(connection, "default");
        }
        try (Connection connection = DriverManager.getConnection(url + "?stringtype=unspecified", user, password)) {
            withoutCasts(connection, "unspecified");
        }
    }
}
