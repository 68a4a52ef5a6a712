using KohakuRiver.Auth.Stores;
using Mono.Cecil;
using NetArchTest.Rules;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>
/// Which types may use which, down into method bodies. Found by what they are and how their names end, not by where they stand: rooms
/// of the core have no arrows between them. Doors in a namespace of the framework's are left out: the library skips those.
/// </summary>
public sealed class ArrowTests
{
    private const string Waiting = "System.Threading.Tasks";

    // A namespace stands for all in it.
    private static readonly string[] Fetching =
    [
        "System.Threading.CancellationToken",
        "System.Collections.Generic.IAsyncEnumerable`1", "System.Collections.Generic.IAsyncEnumerator`1",
        "System.TimeProvider", "System.Net", "System.Data", "System.Diagnostics.Process", "System.Environment", "System.Random",
        "System.Threading.Lock", "System.Threading.Monitor", "Microsoft.Extensions",
    ];

    // What a fact may do, and a rule may not: a cursor writes itself as bytes, and the key of a credential is a hash.
    private static readonly string[] Bytes = ["System.IO", "System.Security.Cryptography"];

    private static readonly string[] Stores = [.. Libraries.Stores.Append(typeof(KohakuStoreSet)).Select(t => t.FullName!)];

    private static readonly string[] Services =
    [
        .. Libraries.Core.GetTypes()
            .Where(t => !t.IsNested && t.Name.EndsWith("Service", StringComparison.Ordinal))
            .Select(t => t.FullName!),
    ];

    [Fact]
    public void Rules_OfTheCore_TakeFactsAndNeitherWaitNorFetchNorKeep() => ArchitectureRules.Holds(Pure(Types.InAssembly(Libraries.Core)));

    [Fact]
    public void Rules_OfSamples_AreFoundToBreakIt()
    {
        var found = Pure(Types.InAssembly(typeof(ArrowTests).Assembly)).GetResult();

        // The assertion of this project has the suffix too, and reads files.
        Assert.Equal(
            [nameof(FetchingSampleRules), nameof(KeepingSampleRules)],
            found.FailingTypes.Select(t => t.Name).Where(n => n != nameof(ArchitectureRules)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Facts_OfTheCore_NeverChange() => ArchitectureRules.Holds(
        Types.InAssembly(Libraries.Core).That().MeetCustomRule(IsFact)
            .Should().MeetCustomRule(type => type.Fields.All(f => f.IsInitOnly || f.IsLiteral)));

    /// <summary>But for an export, whose entries are read while they are written on.</summary>
    [Fact]
    public void Facts_OfTheCore_NeitherWaitNorFetch() => ArchitectureRules.Holds(
        Types.InAssembly(Libraries.Core).That().MeetCustomRule(IsRecord)
            .And().AreNotNested().And().DoNotHaveName("AuditExport")
            .Should().NotHaveDependencyOnAny([Waiting, .. Fetching, .. Stores, .. Services]));

    /// <summary>What others implement or hand over asks for no package.</summary>
    [Fact]
    public void Contracts_OfTheCore_UseTheBaseLibraryOnly() => ArchitectureRules.Holds(
        Types.InAssembly(Libraries.Core).That().AreInterfaces().Or().MeetCustomRule(IsFact).Or().HaveName("KohakuStoreSet", "SecretText")
            .Should().NotHaveDependencyOnAny("Microsoft"));

    [Fact]
    public void Core_KnowsNoHttp() => ArchitectureRules.Holds(
        Types.InAssembly(Libraries.Core).Should().NotHaveDependencyOnAny("Microsoft.AspNetCore", "System.Net.Http"));

    /// <summary>Endpoints, pages and handlers ask services; only a check of the host's health asks the database itself.</summary>
    [Fact]
    public void Stores_AreNotUsedOverHttp() => ArchitectureRules.Holds(
        Types.InAssemblies([Libraries.All["KohakuRiver.Auth.AspNetCore"], Libraries.All["KohakuRiver.Auth.AdminPanel"]])
            .That().DoNotHaveNameEndingWith("Check")
            .Should().NotHaveDependencyOnAny(Stores));

    [Fact]
    public void Stores_AskNoClock() => ArchitectureRules.Holds(
        Types.InAssemblies(Libraries.All.Values).That().HaveNameEndingWith("Store").Should().NotHaveDependencyOnAny("System.TimeProvider"));

    [Fact]
    public void PasswordLibraries_InTheCore_AreUsedByPasswordsOnly() => ArchitectureRules.Holds(
        Types.InAssembly(Libraries.Core).That().HaveDependencyOnAny("Zxcvbn", "BCrypt")
            .Should().HaveNameMatching("^(BCryptPasswordHasher|CommonPasswords|PasswordPolicy)$"));

    private static ConditionList Pure(Types types) => types.That().HaveNameEndingWith("Rules").And().AreNotNested()
        .Should().BeStatic()
        .And().MeetCustomRule(type => type.Fields.All(f => f.IsLiteral))
        .And().NotHaveDependencyOnAny([Waiting, .. Fetching, .. Bytes, .. Stores, .. Services]);

    private static bool IsRecord(TypeDefinition type) => type.Methods.Any(m => m.Name is "PrintMembers" or "<Clone>$");

    /// <summary>Records, values, and what has no instances; what the compiler makes is no type of its own.</summary>
    private static bool IsFact(TypeDefinition type) => !type.IsEnum && !type.Name.Contains('<', StringComparison.Ordinal)
        && (IsRecord(type) || type.IsValueType || type is { IsAbstract: true, IsSealed: true })
        && type.Name is not ("KohakuAuthServices" or "PluggedTypes" or "LogMessages");
}
