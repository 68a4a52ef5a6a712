using System.Transactions;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>A host may have a transaction of its own open around a call: verbs commit when they say so, whatever becomes of it.</summary>
public abstract class AmbientTransactionTestsBase(ITestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Verbs_InATransactionOfTheHost_CommitWhenTheySaySo()
    {
        long id;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            id = await Make.UserAsync(First, "mary");
            Assert.NotNull(await First.Users.FindAsync(id, Ct));
            await First.Changes!.ReadAsync(0, Ct);
            Assert.NotNull(Transaction.Current);

            // Left without Complete: what takes part in it is undone.
        }

        Assert.NotNull(await First.Users.FindAsync(id, Ct));
        Assert.Single((await First.Audit.ListAsync(new AuditQuery(), Ct)).Items);
    }
}
