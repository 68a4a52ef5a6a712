using System.Reflection;
using System.Runtime.CompilerServices;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Rules take facts and never fetch: no waiting, no clock, no state.</summary>
public sealed class RulesPurityTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Impure =
    [
        "System.Threading.Tasks.", "System.Threading.CancellationToken", "System.Collections.Generic.IAsync", "System.TimeProvider",
        "System.IO.", "System.Net.", "System.Data.", "System.Diagnostics.Process", "System.Environment", "System.Random",
        "System.Security.Cryptography.", "System.Threading.Lock", "System.Threading.Monitor",
    ];

    [Fact]
    public void Rules_InShapeAndBody_NeitherWaitNorFetch() => Law.Holds(
        from type in Libraries.Rules
        from other in ReferencedTypes.Of(type)
        where Array.Exists(Impure, other.FullName!.StartsWith)
        select $"{type.FullName} -> {other.FullName}");

    [Fact]
    public void Rules_Methods_AreNotAsync() => Law.Holds(
        from type in Libraries.Rules
        from method in type.GetMethods(Everything)
        where method.IsDefined(typeof(AsyncStateMachineAttribute), false) || method.Name.EndsWith("Async", StringComparison.Ordinal)
        select $"{type.FullName}.{method.Name}");

    [Fact]
    public void Rules_Fields_AreReadOnly() => Law.Holds(
        from type in Libraries.Rules
        where !type.IsEnum
        from field in type.GetFields(Everything)
        where field is { IsInitOnly: false, IsLiteral: false }
        select $"{type.FullName}.{field.Name}");

    [Fact]
    public void Stores_AskNoClock() => Law.Holds(
        from type in Libraries.StoreTypes.Concat(Libraries.All.Where(a => a.Key.Contains("EntityFrameworkCore", StringComparison.Ordinal)).SelectMany(a => a.Value.GetTypes()))
        where !type.IsNested && type.FullName?.Contains('<', StringComparison.Ordinal) == false && type.Name.EndsWith("Store", StringComparison.Ordinal)
        from other in ReferencedTypes.Of(type)
        where other == typeof(TimeProvider)
        select type.FullName);
}
