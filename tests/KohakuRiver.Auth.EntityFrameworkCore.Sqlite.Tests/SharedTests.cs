using KohakuRiver.Auth.EntityFrameworkCore.Tests;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

// What holds for both engines, run on this one.
public sealed class RaceTests() : RaceTestsBase(new TempDatabase());

public sealed class ChangeEpochTests() : ChangeEpochTestsBase(new TempDatabase());

public sealed class LoginWorkTests() : LoginWorkTestsBase(new TempDatabase());

public sealed class DecisionWorkTests() : DecisionWorkTestsBase(new TempDatabase());

public sealed class AmbientTransactionTests() : AmbientTransactionTestsBase(new TempDatabase());

public sealed class SubmissionTests() : SubmissionTestsBase(new TempDatabase());
