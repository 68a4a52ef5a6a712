namespace KohakuRiver.Auth.Testing.Stores.Tests;

/// <summary>Verbs of the in-memory stores reach their database once each: at their end, where a write commits.</summary>
internal sealed class InMemoryFault : IDisposable
{
    private readonly InMemoryDatabase database;

    public InMemoryFault(InMemoryDatabase database, int accesses)
    {
        this.database = database;
        var left = accesses;
        database.BeforeVerb = _ =>
        {
            if (left-- <= 0)
            {
                database.FailNext(new StoreUnavailableException());
            }

            return Task.CompletedTask;
        };
    }

    public void Dispose() => database.BeforeVerb = null;
}
