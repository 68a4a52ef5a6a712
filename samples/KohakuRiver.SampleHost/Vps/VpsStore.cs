using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>The VPS instances; the user side asks here which there are.</summary>
internal sealed class VpsStore(HostDatabase database) : IVpsDirectory
{
    public Task<List<VpsRow>> ListRowsAsync(CancellationToken ct) =>
        database.ReadAsync(db => db.Vps.AsNoTracking().OrderByDescending(v => v.Id).ToListAsync(ct), ct);

    public async Task<VpsRow?> FindRowAsync(string vpsId, CancellationToken ct) => HostIds.TryRead(vpsId, out var id)
        ? await database.ReadAsync(db => db.Vps.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, ct), ct)
        : null;

    public Task AddAsync(VpsRow vps, CancellationToken ct) => database.WriteAsync(
        db =>
        {
            db.Vps.Add(vps);
            return db.SaveChangesAsync(ct);
        },
        ct);

    public async Task<bool> TryRemoveAsync(long id, CancellationToken ct) =>
        await database.WriteAsync(db => db.Vps.Where(v => v.Id == id).ExecuteDeleteAsync(ct), ct) == 1;

    // <snippet:vps>
    public async Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken ct) => [.. (await ListRowsAsync(ct)).Select(Describe)];

    public async Task<VpsInfo?> FindAsync(string vpsId, CancellationToken ct) => await FindRowAsync(vpsId, ct) is { } row ? Describe(row) : null;

    private static VpsInfo Describe(VpsRow row) => new(HostIds.ToText(row.Id), row.Name, row.Node, row.Status);
    // </snippet:vps>
}
