namespace KohakuRiver.Auth.Import.Tests;

public sealed class PostgreSqlImportStoreTests(PostgresServer server) : ImportStoreTestsBase(new PostgreSqlDatabase(server));
