using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

public sealed class EmbeddingTests : EmbeddingContract
{
    protected override async Task<Embedding> OpenAsync()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        return new Embedding(
            stores, new DbContextOptionsBuilder<LabDbContext>().UseSqlite(database.ConnectionString + ";Pooling=False").Options, database);
    }
}
