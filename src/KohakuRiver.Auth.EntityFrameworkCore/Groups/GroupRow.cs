namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class GroupRow
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string NameKey { get; set; } = "";

    public string Description { get; set; } = "";

    public int Tier { get; set; }

    /// <summary>A JSON object of integers.</summary>
    public string Limits { get; set; } = "{}";

    public DateTimeOffset CreatedAt { get; set; }

    public Group ToModel(int memberCount) => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        Tier = Tier,
        Limits = JsonColumns.ReadMap<long>(Limits),
        MemberCount = memberCount,
        CreatedAt = CreatedAt,
    };
}
