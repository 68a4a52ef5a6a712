using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What a store's author says to the suite, as the cases see it.</summary>
/// <param name="CreateAsync">Opens a set over the data of this case.</param>
/// <param name="FailAfter">Has the database under a set fail after so many accesses.</param>
/// <param name="Revocations">How often something is revoked and then used.</param>
/// <param name="LeftOut">Why some cases are not listed.</param>
internal sealed record SuiteHooks(
    Func<CancellationToken, Task<KohakuStoreSet>> CreateAsync,
    Func<KohakuStoreSet, int, IDisposable> FailAfter,
    int Revocations,
    IReadOnlyList<LeavesOutAttribute> LeftOut);
