using System.Reflection;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Cancellation: required on store verbs, optional on services, always last.</summary>
public sealed class SignatureTests
{
    // Methods that must not be cancelled by whoever calls them, each with its reason.
    private static readonly string[] NeverCancelled =
    [
        // The first delivery of a decision: a client that hangs up must not leave its own decision behind.
        "ApprovalDelivery.TryNowAsync",

        // A refusal is written although the caller hangs up: otherwise hanging up early would hide a probe.
        "IAuditService.RecordRefusalAsync",

        // So is a read with the master secret.
        "IAuditService.RecordMasterReadAsync",
    ];

    [Fact]
    public void StoreVerbs_Always_EndWithARequiredToken()
    {
        var stores = Libraries.Stores.ToList();
        Assert.Contains(typeof(IAccountStore), stores);
        var verbs = stores.Append(typeof(KohakuStoreSet)).SelectMany(WaitingMethods).ToList();
        Assert.NotEmpty(verbs);
        ArchitectureRules.Holds(verbs.Where(m => !EndsWithToken(m, optional: false)).Select(Show));
    }

    /// <summary>
    /// An actor never comes into a store without the credential that the write requires: the audit entry names one, so it comes with the
    /// other.
    /// </summary>
    [Fact]
    public void StoreVerbs_WithAnAuditEntry_TakeTheCredentialItStandsOn() => ArchitectureRules.Holds(
        from type in Libraries.Stores
        from method in type.GetMethods()
        let parameters = method.GetParameters().Select(p => p.ParameterType).ToList()
        where parameters.Contains(typeof(Actor))
            || (parameters.Contains(typeof(AuditEntry)) && method.Name != nameof(IAuditStore.AppendAsync))
        select Show(method));

    /// <summary>A write on somebody's behalf can be lost because of them, so it says how it ended.</summary>
    [Fact]
    public void StoreVerbs_OnSomebodysBehalf_SayHowTheyEnded() => ArchitectureRules.Holds(
        from type in Libraries.Stores
        from method in type.GetMethods()
        where method.GetParameters().Any(p => p.ParameterType == typeof(AuthorizedWrite))
        let result = method.ReturnType.GetGenericArguments().SingleOrDefault()
        where result != typeof(WriteStatus) && result != typeof(WriteCount)
            && !(result is { IsGenericType: true } && result.GetGenericTypeDefinition() == typeof(WriteResult<>))
        select Show(method));

    [Fact]
    public void StoreVerbs_Always_AreAsynchronousAndSaySo() => ArchitectureRules.Holds(
        from type in Libraries.Stores
        from method in type.GetMethods()
        where !method.IsSpecialName && (!IsWaiting(method) || !method.Name.EndsWith("Async", StringComparison.Ordinal))
        select Show(method));

    [Fact]
    public void ServiceMethods_Always_EndWithAnOptionalToken() => ArchitectureRules.Holds(
        from type in Libraries.Services
        from method in WaitingMethods(type)
        where !EndsWithToken(method, optional: true) && !NeverCancelled.Contains(Show(method), StringComparer.Ordinal)
        select Show(method));

    [Fact]
    public void ServiceMethods_ThatWait_AreNamedSo() => ArchitectureRules.Holds(
        from type in Libraries.Services
        from method in WaitingMethods(type)
        where !method.Name.EndsWith("Async", StringComparison.Ordinal)
        select Show(method));

    [Fact]
    public void Methods_ThatReturnNothing_AreNeverAsync() => ArchitectureRules.Holds(
        from type in Libraries.Types
        from method in type.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.ReturnType == typeof(void)
            && method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute), false)
        select Show(method));

    [Fact]
    public void TokenRule_OnSamples_TellsThemApart()
    {
        var methods = WaitingMethods(typeof(SignatureSample)).ToDictionary(m => m.Name, StringComparer.Ordinal);
        Assert.Equal(5, methods.Count);
        Assert.True(EndsWithToken(methods[nameof(SignatureSample.OptionalAsync)], optional: true));
        Assert.False(EndsWithToken(methods[nameof(SignatureSample.OptionalAsync)], optional: false));
        Assert.True(EndsWithToken(methods[nameof(SignatureSample.RequiredAsync)], optional: false));
        Assert.False(EndsWithToken(methods[nameof(SignatureSample.RequiredAsync)], optional: true));
        Assert.False(EndsWithToken(methods[nameof(SignatureSample.NoneAsync)], optional: true));
        Assert.False(EndsWithToken(methods[nameof(SignatureSample.FirstAsync)], optional: false));
        Assert.False(EndsWithToken(methods[nameof(SignatureSample.StreamAsync)], optional: true));
    }

    private static IEnumerable<MethodInfo> WaitingMethods(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && IsWaiting(m));

    private static bool IsWaiting(MethodInfo method)
    {
        var type = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        return type == typeof(Task)
            || type == typeof(Task<>)
            || type == typeof(ValueTask)
            || type == typeof(ValueTask<>)
            || type == typeof(IAsyncEnumerable<>);
    }

    private static bool EndsWithToken(MethodInfo method, bool optional) =>
        method.GetParameters().LastOrDefault() is { } last
        && last.ParameterType == typeof(CancellationToken)
        && last.Name == "cancellationToken"
        && last.HasDefaultValue == optional;

    private static string Show(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
