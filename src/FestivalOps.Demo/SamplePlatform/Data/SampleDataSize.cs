namespace FestivalOps.Demo.SamplePlatform.Data;

/// <summary>How many rows the sample data has. The default is some 8,600 rows and loads in well under a second.</summary>
internal sealed record SampleDataSize
{
    /// <summary>Rows of users, at least 1.</summary>
    public int Users { get; init; } = 400;

    /// <summary>Rows of festivals, at least 1.</summary>
    public int Festivals { get; init; } = 40;

    /// <summary>Rows of payments.</summary>
    public int Payments { get; init; } = 2_000;

    /// <summary>Rows of notifications.</summary>
    public int Notifications { get; init; } = 3_000;

    /// <summary>Rows of tasks.</summary>
    public int Tasks { get; init; } = 1_000;

    /// <summary>Rows of vendor_applications.</summary>
    public int VendorApplications { get; init; } = 200;

    /// <summary>Rows of chat_messages, in one chat room a festival.</summary>
    public int ChatMessages { get; init; } = 2_000;

    /// <summary>The default size times a factor, 1 or more: 1000 gives two million payments.</summary>
    public static SampleDataSize Times(int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        var one = new SampleDataSize();
        return new SampleDataSize
        {
            Users = one.Users * factor,
            Festivals = one.Festivals * factor,
            Payments = one.Payments * factor,
            Notifications = one.Notifications * factor,
            Tasks = one.Tasks * factor,
            VendorApplications = one.VendorApplications * factor,
            ChatMessages = one.ChatMessages * factor,
        };
    }
}
