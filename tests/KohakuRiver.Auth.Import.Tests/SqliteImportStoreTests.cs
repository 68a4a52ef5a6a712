namespace KohakuRiver.Auth.Import.Tests;

public sealed class SqliteImportStoreTests() : ImportStoreTestsBase(new SqliteDatabase());
