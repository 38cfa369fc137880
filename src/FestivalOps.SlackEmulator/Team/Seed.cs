namespace FestivalOps.SlackEmulator.Team;

/// <summary>The people, groups and channels that every new workspace has. The ids never change.</summary>
public static class Seed
{
    /// <summary>Workspace id.</summary>
    public const string Team = "T0FEST0001";

    /// <summary>Workspace name.</summary>
    public const string TeamName = "Festival Planner";

    /// <summary>Workspace domain.</summary>
    public const string Domain = "festival-planner";

    /// <summary>App id.</summary>
    public const string App = "A0FOPS0001";

    /// <summary>Bot id.</summary>
    public const string Bot = "B0FOPS0001";

    /// <summary>The bot's user id.</summary>
    public const string BotUser = "U0FOPS0001";

    /// <summary>佐藤 健, operations.</summary>
    public const string Sato = "U0SATO0001";

    /// <summary>鈴木 彩, technical lead.</summary>
    public const string Suzuki = "U0SUZU0001";

    /// <summary>田中 誠, security.</summary>
    public const string Tanaka = "U0TANA0001";

    /// <summary>高橋 社長, management.</summary>
    public const string Takahashi = "U0TAKA0001";

    /// <summary>Emily Clark, operations, reads English.</summary>
    public const string Emily = "U0EMIL0001";

    /// <summary>山田 ゲスト, a guest in #general only.</summary>
    public const string Guest = "U0GUES0001";

    /// <summary>#ops.</summary>
    public const string Ops = "C0OPS00001";

    /// <summary>#ops-alerts.</summary>
    public const string Alerts = "C0ALERT001";

    /// <summary>#ops-critical.</summary>
    public const string Critical = "C0CRIT0001";

    /// <summary>#security.</summary>
    public const string Security = "C0SECUR001";

    /// <summary>#reports.</summary>
    public const string Reports = "C0REPORT01";

    /// <summary>#general; the bot is not in it.</summary>
    public const string General = "C0GENERAL1";

    /// <summary>#random; the bot is not in it.</summary>
    public const string Random = "C0RANDOM01";

    /// <summary>@ops-team: operations.</summary>
    public const string OpsGroup = "S0OPS00001";

    /// <summary>@tech-leads.</summary>
    public const string TechGroup = "S0TECH0001";

    /// <summary>@security-team.</summary>
    public const string SecurityGroup = "S0SECU0001";

    /// <summary>@management.</summary>
    public const string ManagementGroup = "S0MGMT0001";

    internal static IEnumerable<Person> People(string botName) =>
    [
        new(Sato, "sato", "佐藤 健", "operations", "ja-JP"),
        new(Suzuki, "suzuki", "鈴木 彩", "technical lead", "ja-JP"),
        new(Tanaka, "tanaka", "田中 誠", "security", "ja-JP"),
        new(Takahashi, "takahashi", "高橋 社長", "management", "ja-JP"),
        new(Emily, "emily", "Emily Clark", "operations", "en-US"),
        new(Guest, "guest", "山田 ゲスト", "guest", "ja-JP") { IsGuest = true },
        new(BotUser, botName.ToLowerInvariant().Replace(' ', '-'), botName, "app", "en-US") { IsBot = true },
    ];

    internal static IEnumerable<UserGroup> Groups() =>
    [
        new(OpsGroup, "ops-team", "Operations", [Sato, Emily]),
        new(TechGroup, "tech-leads", "Technical leads", [Suzuki]),
        new(SecurityGroup, "security-team", "Security", [Tanaka]),
        new(ManagementGroup, "management", "Management", [Takahashi]),
    ];

    internal static IEnumerable<Channel> Channels(DateTimeOffset now)
    {
        string[] staff = [Sato, Suzuki, Tanaka, Takahashi, Emily];
        Channel With(string id, string name, string topic, params string[] more) =>
            new(id, name, ChannelKind.Public, [.. staff, .. more], now) { Topic = topic };
        return
        [
            With(Ops, "ops", "日々の運用 / Daily operations", BotUser),
            With(Alerts, "ops-alerts", "監視アラート / Alerts", BotUser),
            With(Critical, "ops-critical", "重大インシデントのみ / Critical incidents only", BotUser),
            With(Security, "security", "セキュリティ / Security", BotUser),
            With(Reports, "reports", "日次・週次・月次レポート / Reports", BotUser),
            With(General, "general", "全社のお知らせ / Announcements", Guest),
            With(Random, "random", "雑談 / Small talk"),
        ];
    }
}
