namespace KohakuRiver.Auth.Import.Tests;

public sealed class SqliteImportTests() : ImportTestsBase(new SqliteDatabase());
