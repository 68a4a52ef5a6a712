namespace KohakuRiver.SampleHost;

/// <summary>How a process ended.</summary>
internal enum RunEnd
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>Somebody stopped it.</summary>
    Killed,

    /// <summary>It could not be started.</summary>
    NotStarted,
}
