namespace KohakuRiver.Auth;

/// <summary>Configuration section <c>KohakuAuth:Delivery</c>: how decisions reach the host's scheduler.</summary>
public sealed class DeliveryOptions
{
    /// <summary>How often the worker looks for decisions that are due. Default 2 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause after the first failed try; it doubles with each further one. Default 5 s.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between tries. Default 5 min.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one try may take, and how long one process holds a decision it is delivering. Default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
