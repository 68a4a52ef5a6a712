namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class SettingRow
{
    public string Name { get; set; } = "";

    /// <summary>JSON.</summary>
    public string Value { get; set; } = "";
}
