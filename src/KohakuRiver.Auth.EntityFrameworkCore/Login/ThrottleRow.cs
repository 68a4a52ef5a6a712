namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class ThrottleRow
{
    public string Bucket { get; set; } = "";

    public DateTimeOffset WindowStart { get; set; }

    public int Attempts { get; set; }
}
