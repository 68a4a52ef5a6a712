using System.Reflection;
using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// The suite that shows whether stores keep their promises. A store's author derives one class from it and says in
/// <see cref="CreateAsync"/> how to reach the database; the cases are the rows of <see cref="Case"/>, each listed under its own name.
/// </summary>
/// <remarks>
/// The runner makes one instance a case, so a database that belongs to the instance is fresh for each. Derived classes are
/// disposed of by the runner, after the sets, and may take fixtures in their constructor. The suite reads no clock and
/// no random source: times, hashes and operation ids come from counters.
/// </remarks>
public abstract class StoreSuite
{
    /// <summary>
    /// The one seam: opens this instance's database, which is empty the first time. Called twice it gives two
    /// independent connections to the same data, as two processes would have. The suite calls
    /// <see cref="KohakuStoreSet.InitializeAsync"/> itself, and disposes of what it was given where that can be disposed of.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the run is.</param>
    /// <returns>A set that nobody else uses.</returns>
    protected abstract Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The second seam: the database under a set answers so many more accesses, and then none until what this returns is
    /// disposed of. An access is whatever can fail on its own: a statement, the commit, a write to a file.
    /// </summary>
    /// <param name="stores">A set that <see cref="CreateAsync"/> gave.</param>
    /// <param name="accesses">How many accesses still work; none where it is 0.</param>
    /// <returns>Ends the fault.</returns>
    /// <exception cref="NotSupportedException">Not overridden: override it, or leave <see cref="OptionalCases.Faults"/> out.</exception>
    protected virtual IDisposable FailAfter(KohakuStoreSet stores, int accesses) => throw new NotSupportedException(
        $"{GetType().Name} does not say how its database can be made to fail: "
            + "override FailAfter, or add [LeavesOut(OptionalCases.Faults, \"why\")].");

    /// <summary>How often something is revoked and then used. A build with time to spare may want thousands.</summary>
    protected virtual int Revocations => 100;

    /// <summary>Runs one case on data of its own. Called by the runner.</summary>
    /// <param name="name">The name of the case, such as <c>Approvals.Decide_UnknownTask_IsLost</c>.</param>
    /// <returns>When the case is over.</returns>
    /// <exception cref="ArgumentException">There is no case of this name.</exception>
    [Theory]
    [CasesOfTheSuite]
    public Task Case(string name)
    {
        var leftOut = GetType().GetCustomAttributes<LeavesOutAttribute>();
        return SuiteCase.Find(name).RunAsync(new SuiteHooks(CreateAsync, FailAfter, Revocations, [.. leftOut]));
    }
}
