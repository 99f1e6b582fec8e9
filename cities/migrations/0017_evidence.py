"""What is measured, who led and who paid."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cities', '0016_parts_of_a_page'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicator',
            name='canonical',
            field=models.FloatField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='indicator',
            name='measure',
            field=models.CharField(blank=True, choices=[('whole-cost', 'Cost of the project or stage'), ('grant', 'Grant'), ('grant-share', 'Share of the cost covered by a grant'), ('yearly-cost', 'Yearly cost of running it'), ('money-saved-yearly', 'Money saved in a year'), ('energy-use-fall', 'Fall in energy use'), ('electricity-use-fall', 'Fall in electricity use'), ('electricity-saved', 'Electricity saved'), ('co2-avoided', 'CO₂ emissions avoided'), ('renewable-electricity', 'Renewable electricity made'), ('network-heat', 'Heat delivered by the network'), ('heating-oil-saved', 'Heating oil saved'), ('solar-capacity', 'Photovoltaic capacity'), ('solar-systems', 'Photovoltaic systems'), ('solar-area', 'Area of photovoltaic panels'), ('heat-network-length', 'Length of the heating network'), ('connected-load', 'Connected heat load'), ('homes-heated', 'Homes on the heating network'), ('share-on-network', 'Share of buildings or homes on the heating network'), ('buildings-renewed', 'Buildings renewed to save energy'), ('new-homes', 'New homes'), ('cycle-route-length', 'Length of the cycle route'), ('meeting-attendance', 'People at one meeting'), ('views-submitted', 'Views and proposals sent in'), ('carfree-households', 'Households trying life without a car'), ('area-covered', 'Area of the quarter or project'), ('green-area', 'Greened area'), ('residents-served', 'People living in the area served'), ('electric-vehicles', 'Electric vehicles'), ('municipalities-together', 'Municipalities acting together'), ('led-lamps', 'LED street lamps'), ('hydro-plants', 'Hydro power plants'), ('e5-score', 'Score in the e5 audit')], db_default='', default='', help_text='What is measured, so that it can be set beside figures of other towns. Leave it blank where none fits truly.', max_length=30, verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='practice',
            name='led_by_en',
            field=models.CharField(blank=True, db_default='', default='', help_text='The office or body that a source names, never a person.', max_length=200, verbose_name='who led it'),
        ),
        migrations.AddField(
            model_name='practice',
            name='led_by_pl',
            field=models.CharField(blank=True, db_default='', default='', help_text='The office or body that a source names, never a person.', max_length=200, verbose_name='who led it'),
        ),
        migrations.AddField(
            model_name='practice',
            name='paid_company',
            field=models.BooleanField(db_default=False, default=False, verbose_name='a company or a co-operative'),
        ),
        migrations.AddField(
            model_name='practice',
            name='paid_eea',
            field=models.BooleanField(db_default=False, default=False, verbose_name='EEA and Norway Grants'),
        ),
        migrations.AddField(
            model_name='practice',
            name='paid_eu',
            field=models.BooleanField(db_default=False, default=False, verbose_name='the European Union'),
        ),
        migrations.AddField(
            model_name='practice',
            name='paid_own',
            field=models.BooleanField(db_default=False, default=False, verbose_name='the municipality’s own budget'),
        ),
        migrations.AddField(
            model_name='practice',
            name='paid_region',
            field=models.BooleanField(db_default=False, default=False, verbose_name='the region'),
        ),
        migrations.AddField(
            model_name='practice',
            name='paid_residents',
            field=models.BooleanField(db_default=False, default=False, verbose_name='residents'),
        ),
        migrations.AddField(
            model_name='practice',
            name='paid_state',
            field=models.BooleanField(db_default=False, default=False, verbose_name='the state'),
        ),
        migrations.AddField(
            model_name='practice',
            name='payers_in_part',
            field=models.BooleanField(db_default=False, default=False, help_text='Tick when the sources name only some of those who paid.', verbose_name='others may have paid too'),
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['measure', 'practice'], name='indicator_measures'),
        ),
    ]
