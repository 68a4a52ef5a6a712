namespace KohakuRiver.Auth.AdminPanel;

internal sealed record ErrorModel(int Status, string Message, string? TraceId);
