using System.Reflection;
using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// The suite that checks whether stores keep their promises. A store's author derives one class from it and implements
/// <see cref="CreateAsync"/> to open the database; the cases are the rows of <see cref="Case"/>, each listed under its own name.
/// </summary>
/// <remarks>
/// The runner creates one instance per case, so a database that belongs to the instance is fresh for each. Derived classes are
/// disposed by the runner, after the sets, and may take fixtures in their constructor. The suite reads no clock and
/// no random source: times, hashes and operation ids come from counters.
/// </remarks>
public abstract class StoreSuite
{
    /// <summary>
    /// The one required seam: opens this instance's database, which is empty the first time. Called twice, it returns two
    /// independent connections to the same data, as two processes would have. The suite calls
    /// <see cref="KohakuStoreSet.InitializeAsync"/> itself, and disposes the set where it is disposable.
    /// </summary>
    /// <returns>A set that is used by nothing else.</returns>
    protected abstract Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The second seam: the database under a set serves this many more accesses, and then fails until the returned object is
    /// disposed. An access is anything that can fail on its own: a statement, the commit, a write to a file.
    /// </summary>
    /// <param name="stores">A set returned by <see cref="CreateAsync"/>.</param>
    /// <param name="accesses">How many accesses still succeed; 0 for none.</param>
    /// <returns>An object whose disposal ends the fault.</returns>
    /// <exception cref="NotSupportedException">Not overridden: override it, or leave <see cref="OptionalCases.Faults"/> out.</exception>
    protected virtual IDisposable FailAfter(KohakuStoreSet stores, int accesses) => throw new NotSupportedException(
        $"{GetType().Name} does not implement how its database can be made to fail: "
            + "override FailAfter, or add [LeavesOut(OptionalCases.Faults, \"why\")].");

    /// <summary>How many times something is revoked and then used. A long-running build may want thousands.</summary>
    protected virtual int Revocations => 100;

    /// <summary>Runs one case on its own data. Called by the runner.</summary>
    /// <param name="name">The name of the case, such as <c>Approvals.Decide_UnknownTask_IsLost</c>.</param>
    /// <returns>A task that completes when the case has run.</returns>
    /// <exception cref="ArgumentException">There is no case with this name.</exception>
    [Theory]
    [CasesOfTheSuite]
    public Task Case(string name)
    {
        var leftOut = GetType().GetCustomAttributes<LeavesOutAttribute>();
        return SuiteCase.Find(name).RunAsync(new SuiteHooks(CreateAsync, FailAfter, Revocations, [.. leftOut]));
    }
}
