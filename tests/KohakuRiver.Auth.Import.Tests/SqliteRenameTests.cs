namespace KohakuRiver.Auth.Import.Tests;

public sealed class SqliteRenameTests() : RenameTestsBase(new SqliteDatabase());
