using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>The VPS instances; the user side looks them up here.</summary>
internal sealed class VpsStore(HostDatabase database) : IVpsDirectory
{
    public Task<List<VpsRow>> ListRowsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.Vps.AsNoTracking().OrderByDescending(v => v.Id).ToListAsync(cancellationToken), cancellationToken);

    public async Task<VpsRow?> FindRowAsync(string vpsId, CancellationToken cancellationToken) => HostIds.TryRead(vpsId, out var id)
        ? await database.ReadAsync(db => db.Vps.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, cancellationToken), cancellationToken)
        : null;

    public Task AddAsync(VpsRow vps, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            db.Vps.Add(vps);
            return db.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    public async Task<bool> TryRemoveAsync(long id, CancellationToken cancellationToken) =>
        await database.WriteAsync(db => db.Vps.Where(v => v.Id == id).ExecuteDeleteAsync(cancellationToken), cancellationToken) == 1;

    // <snippet:vps>
    public async Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ListRowsAsync(cancellationToken)).Select(Describe)];

    public async Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
        await FindRowAsync(vpsId, cancellationToken) is { } row ? Describe(row) : null;

    internal static VpsInfo Describe(VpsRow row) =>
        new(HostIds.ToText(row.Id), row.Name, row.Node, row.Status) { Owner = row.OwnerUsername };
    // </snippet:vps>
}
