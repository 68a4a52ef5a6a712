namespace KohakuRiver.Auth.Import.Tests;

public sealed class PostgreSqlRenameTests(PostgresServer server) : RenameTestsBase(new PostgreSqlDatabase(server));
