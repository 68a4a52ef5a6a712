using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Health;

/// <summary>
/// Stores of somebody else's, which say of their schema what a test wants; for unknown they say nothing, as sets do that do not know the
/// question.
/// </summary>
internal sealed class SchemaStoreSet(SchemaState state) : OverStoreSet(new InMemoryStoreSet())
{
    public override Task<SchemaState> CheckSchemaAsync(CancellationToken cancellationToken) =>
        state == SchemaState.Unknown ? base.CheckSchemaAsync(cancellationToken) : Task.FromResult(state);
}
