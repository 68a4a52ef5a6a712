using KohakuRiver.Auth.EntityFrameworkCore.Tests;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

// What holds for both engines, run on this one.
public sealed class RaceTests(PostgresServer server) : RaceTestsBase(new TempDatabase(server));

public sealed class ChangeEpochTests(PostgresServer server) : ChangeEpochTestsBase(new TempDatabase(server));

public sealed class LoginWorkTests(PostgresServer server) : LoginWorkTestsBase(new TempDatabase(server));

public sealed class DecisionWorkTests(PostgresServer server) : DecisionWorkTestsBase(new TempDatabase(server));

public sealed class AmbientTransactionTests(PostgresServer server) : AmbientTransactionTestsBase(new TempDatabase(server));

public sealed class SubmissionTests(PostgresServer server) : SubmissionTestsBase(new TempDatabase(server));
