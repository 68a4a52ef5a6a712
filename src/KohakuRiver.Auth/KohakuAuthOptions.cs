namespace KohakuRiver.Auth;

/// <summary>The configuration, section <c>KohakuAuth</c>. Validated as a whole at start; every fault is listed, naming its key.</summary>
public sealed class KohakuAuthOptions
{
    /// <summary>The usual name of the configuration section.</summary>
    public const string SectionName = "KohakuAuth";

    /// <summary>
    /// False turns authentication off: every request acts as an admin. For single-user machines only; logs a warning at start. Only
    /// loopback names and the host name of <see cref="PublicUrl"/> are answered then, and the host does not start where other machines
    /// reach it.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// True lets a host without authentication listen beyond its machine: everyone who reaches it is an admin. Default false.
    /// </summary>
    public bool AllowAuthOffBeyondThisMachine { get; set; }

    /// <summary>The master secret: a request that carries it acts as <c>_system</c>. At least 32 characters; null or empty = off.</summary>
    public string? AdminSecret { get; set; }

    /// <summary>A second valid master secret, for rotation. At least 32 characters; null or empty = off.</summary>
    public string? AdminSecretPrevious { get; set; }

    /// <summary>Creates the first admin, once. At least 32 characters; null or empty = a setup link is printed instead.</summary>
    public string? AdminRegisterSecret { get; set; }

    /// <summary>The longest lifetime of a session. Default 24 h, at most 90 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a session may be idle. Default 8 h, at least 5 min; zero = forever within its lifetime.</summary>
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromHours(8);

    /// <summary>The lifetime of an invitation unless its creator specifies another. Default 72 h, at most 30 days.</summary>
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromHours(72);

    /// <summary>Roles whose submissions wait for a decision. Default: user.</summary>
    /// <remarks>Null means the default, so that a configured list replaces it instead of adding to it.</remarks>
    public IList<Role>? ApprovalRequiredRoles { get; set; }

    /// <summary>Whether anyone may register as viewer without a code.</summary>
    public RegistrationMode Registration { get; set; } = RegistrationMode.Closed;

    /// <summary>Passwords.</summary>
    public PasswordOptions Passwords { get; } = new();

    /// <summary>Throttling and lockout.</summary>
    public ThrottlingOptions Throttling { get; } = new();

    /// <summary>How many items of each kind a user may have.</summary>
    public LimitOptions Limits { get; } = new();

    /// <summary>How long things are kept.</summary>
    public RetentionOptions Retention { get; } = new();

    /// <summary>Delivery of decisions to the host's scheduler.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>Long-lived connections.</summary>
    public StreamOptions Streams { get; } = new();

    /// <summary>
    /// How long the body of a request to the library's own endpoints may take to arrive; 408 after that. Default 5 s. The host's own
    /// endpoints, uploads among them, have no such limit.
    /// </summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Addresses or networks (CIDR) of reverse proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Prefix</c>
    /// are trusted, and <c>unix</c> for Unix sockets. Default none; a network of all addresses (<c>/0</c>) is refused.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// The public address of this host, including its path, for links and cookies; null = taken from the request.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// True for hosts that keep keys of their own in the section: keys that the library does not know are then ignored. Default false: the
    /// host does not start with one, because a misspelt setting would silently stay at its default.
    /// </summary>
    public bool AllowUnknownKeys { get; set; }
}
