using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

public sealed class EmbeddingTests(PostgresServer server) : EmbeddingContract
{
    protected override async Task<Embedding> OpenAsync()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        return new Embedding(stores, new DbContextOptionsBuilder<LabDbContext>().UseNpgsql(database.ConnectionString).Options, database);
    }
}
