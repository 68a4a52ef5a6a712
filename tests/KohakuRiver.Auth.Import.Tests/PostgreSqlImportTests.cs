namespace KohakuRiver.Auth.Import.Tests;

public sealed class PostgreSqlImportTests(PostgresServer server) : ImportTestsBase(new PostgreSqlDatabase(server));
