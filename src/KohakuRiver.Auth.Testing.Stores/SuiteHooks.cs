using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The hooks of a store's author, as the cases see them.</summary>
/// <param name="CreateAsync">Opens a set over the data of this case.</param>
/// <param name="FailAfter">Creates the database under a set fail after so many accesses.</param>
/// <param name="Revocations">How many times something is revoked and then used.</param>
/// <param name="LeftOut">The reasons why some cases are not listed.</param>
internal sealed record SuiteHooks(
    Func<CancellationToken, Task<KohakuStoreSet>> CreateAsync,
    Func<KohakuStoreSet, int, IDisposable> FailAfter,
    int Revocations,
    IReadOnlyList<LeavesOutAttribute> LeftOut);
